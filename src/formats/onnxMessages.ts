/** The messages of an ONNX file that networks need, and their bytes: onnx.proto of the ONNX project, IR version 7. */

import { PbfReader, PbfWriter } from "pbf";

/** A model: what it needs, and its graph. */
export interface ModelProto {
  readonly ir_version: number;
  readonly producer_name: string;
  readonly graph: GraphProto;
  readonly opset_import: readonly OperatorSet[];
}

/** Which meaning of the operators is meant. */
export interface OperatorSet {
  readonly domain: string;
  readonly version: number;
}

/** Operators in order, and the tensors that are stored. */
export interface GraphProto {
  readonly node: readonly NodeProto[];
  readonly name: string;
  readonly initializer: readonly TensorProto[];
  readonly input: readonly ValueInfo[];
  readonly output: readonly ValueInfo[];
}

/** One operator: from the tensors of these names to those of these names. */
export interface NodeProto {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly name: string;
  readonly op_type: string;
  readonly attribute: readonly Attribute[];
  /** Whose operator it is; "" for ONNX's own. */
  readonly domain: string;
}

/** A setting of an operator: whole numbers, or one. */
export interface Attribute {
  readonly name: string;
  readonly i: number;
  readonly ints: readonly number[];
  readonly type: number;
}

/** Stored numbers, row by row. */
export interface TensorProto {
  readonly dims: readonly number[];
  readonly data_type: number;
  readonly name: string;
  readonly raw_data: Uint8Array;
}

/** An input or output: its type and shape. */
export interface ValueInfo {
  readonly name: string;
  readonly type: TypeProto;
}

interface TypeProto {
  readonly tensor_type: {
    readonly elem_type: number;
    readonly shape: { readonly dim: readonly TensorSize[] };
  };
}

/** A size that is fixed, or a letter for one that is not. */
export interface TensorSize {
  readonly dim_value: number;
  readonly dim_param: string;
}

type Scalar = "int" | "string" | "bytes";
/** Field by field: its number, its type, and whether there may be several. */
type Fields = Readonly<Record<string, readonly [number, Scalar | keyof typeof messages, ("many" | "one")?]>>;

const messages = {
  Model: {
    ir_version: [1, "int"],
    producer_name: [2, "string"],
    graph: [7, "Graph"],
    opset_import: [8, "OperatorSet", "many"],
  },
  OperatorSet: { domain: [1, "string"], version: [2, "int"] },
  Graph: {
    node: [1, "Node", "many"],
    name: [2, "string"],
    initializer: [5, "Tensor", "many"],
    input: [11, "ValueInfo", "many"],
    output: [12, "ValueInfo", "many"],
  },
  Node: {
    input: [1, "string", "many"],
    output: [2, "string", "many"],
    name: [3, "string"],
    op_type: [4, "string"],
    attribute: [5, "Attribute", "many"],
    domain: [7, "string"],
  },
  Attribute: { name: [1, "string"], i: [3, "int"], ints: [8, "int", "many"], type: [20, "int"] },
  Tensor: { dims: [1, "int", "many"], data_type: [2, "int"], name: [8, "string"], raw_data: [9, "bytes"] },
  ValueInfo: { name: [1, "string"], type: [2, "Type"] },
  Type: { tensor_type: [1, "TensorType"] },
  TensorType: { elem_type: [1, "int"], shape: [2, "Shape"] },
  Shape: { dim: [1, "Dimension", "many"] },
  Dimension: { dim_value: [1, "int"], dim_param: [2, "string"] },
} as const;

/** The type that protocol buffers write before what has a length. */
const lengthDelimited = 2;

type Message = Readonly<Record<string, unknown>>;

/** The bytes of a model. */
export function modelBytes(model: ModelProto): Uint8Array {
  const writer = new PbfWriter();
  write("Model", model as unknown as Message, writer);
  return writer.finish();
}

function write(name: keyof typeof messages, message: Message, writer: PbfWriter): void {
  for (const [field, [number, type, many]] of Object.entries(messages[name] as Fields)) {
    const values = many ? (message[field] as unknown[]) : [message[field]];
    for (const value of values) if (many || !isEmpty(value)) writeValue(number, type, value, writer);
  }
}

function writeValue(number: number, type: Fields[string][1], value: unknown, writer: PbfWriter): void {
  if (type === "int") writer.writeVarintField(number, value as number);
  else if (type === "string") writer.writeStringField(number, value as string);
  else if (type === "bytes") writer.writeBytesField(number, value as Uint8Array);
  else writer.writeMessage(number, (part: Message, inner) => write(type, part, inner), value as Message);
}

/** What a field has that is not there. */
function isEmpty(value: unknown): boolean {
  return value === 0 || value === "" || value === undefined;
}

/**
 * The model that bytes hold; fields that are not known here are left out. Throws Error where they are none, or cut: a length
 * is held against what there is before anything is read by it.
 */
export function readModel(bytes: Uint8Array): ModelProto {
  return read("Model", bytes) as unknown as ModelProto;
}

function read(name: keyof typeof messages, bytes: Uint8Array): Message {
  const fields = Object.entries(messages[name] as Fields);
  const message: Record<string, unknown> = {};
  for (const [field, [, type, many]] of fields) message[field] = many ? [] : emptyOf(type);
  const reader = new PbfReader(bytes);
  for (let number = reader.nextField(); number > 0; number = reader.nextField()) {
    const [field, [, type, many]] = fields.find(([, [one]]) => one === number) ?? ["", [0, "bytes"]];
    const values = readValues(type, reader);
    if (field !== "" && many) (message[field] as unknown[]).push(...values);
    else if (field !== "") message[field] = values.at(-1);
    if (reader.pos > bytes.length) throw new Error(`${name}: it is cut`);
  }
  return message;
}

function emptyOf(type: Fields[string][1]): unknown {
  if (type === "int") return 0;
  if (type === "string") return "";
  return type === "bytes" ? new Uint8Array() : read(type, new Uint8Array());
}

/** One value; whole numbers may come many in one field. */
function readValues(type: Fields[string][1], reader: PbfReader): unknown[] {
  if (reader.type !== lengthDelimited) {
    if (type === "int" && reader.type === 0) return [reader.readVarint(true)];
    reader.skip(reader.type);
    return [];
  }
  const length = reader.readVarint();
  const bytes = reader.buf.subarray(reader.pos, reader.pos + length);
  if (!(length >= 0) || bytes.length !== length) throw new Error("it is cut");
  reader.pos += length;
  if (type === "bytes") return [bytes];
  if (type === "string") return [new TextDecoder().decode(bytes)];
  if (type !== "int") return [read(type, bytes)];
  const packed = new PbfReader(bytes);
  const values: number[] = [];
  while (packed.pos < bytes.length) values.push(packed.readVarint(true));
  return values;
}
