/** What the kernel says of itself: known before any compiler is loaded. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "../place/packageRoot.js";
import { protocolVersion } from "../wire/protocolVersion.js";
import type { Json } from "../wire/wire.js";

/** The content of kernel_info_reply. */
export function kernelInfo(): Json {
  const { version } = JSON.parse(readFileSync(join(packageFolder, "package.json"), "utf8")) as {
    version: string;
  };
  return {
    status: "ok",
    protocol_version: protocolVersion,
    implementation: "philab",
    implementation_version: version,
    banner: `philab ${version}: TypeScript, and the convolution lecture as matrices. Node ${process.version}.`,
    debugger: false,
    supported_features: [],
    help_links: [
      { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
      { text: "mathjs", url: "https://mathjs.org/docs/" },
    ],
    language_info: {
      name: "typescript",
      version: "5.0.4",
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: { name: "javascript", typescript: true },
      nbconvert_exporter: "script",
    },
  };
}
