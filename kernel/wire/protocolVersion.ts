/** The version of Jupyter's messages that the kernel and its clients speak: in every header, in kernel_info and kernel.json. */
export const protocolVersion = "5.5";
