/** What stands around an output: its cell, and the kernel of its notebook. */

import type { Widget } from "@lumino/widgets";

/** What a view's conversation asks of JupyterLab's kernel connection. */
export interface NotebookKernel {
  createComm(target: string): KernelComm;
}

/** One conversation, as JupyterLab has it. */
export interface KernelComm {
  open(data?: object): unknown;
  send(data: object): unknown;
  close(): unknown;
  readonly isDisposed: boolean;
  onMsg: (message: { readonly content: { readonly data: unknown } }) => void;
}

interface Session {
  readonly sessionContext?: { readonly session?: { readonly kernel?: NotebookKernel | null } | null };
}

/** The kernel of the panel around the widget; undefined where none runs, or where there is no notebook. */
export function kernelOf(widget: Widget): NotebookKernel | undefined {
  for (let around: Widget | null = widget; around; around = around.parent) {
    const kernel = (around as Widget & Session).sessionContext?.session?.kernel;
    if (kernel) return kernel;
  }
  return undefined;
}

/** The model of a cell, as far as views keep something with it. */
export interface CellModel {
  getMetadata(name: string): unknown;
  setMetadata(name: string, value: unknown): void;
}

/** The cell that the widget is an output of; undefined where there is none. */
export function cellOf(widget: Widget): CellModel | undefined {
  for (let around: Widget | null = widget; around; around = around.parent) {
    const { model } = around as Widget & { readonly model?: Partial<CellModel> };
    if (typeof model?.setMetadata === "function" && typeof model.getMetadata === "function")
      return model as CellModel;
  }
  return undefined;
}
