import assert from "node:assert/strict";
import {
  decode,
  encode,
  type Message,
  messageLimit,
  replayRing,
  TooLarge,
  WireError,
} from "../../../kernel/wire/wire.js";

const key = "a key";
const header = {
  msg_id: "1",
  session: "s",
  username: "u",
  date: "",
  msg_type: "execute_request",
  version: "5.5",
};
const message: Message = {
  identities: [Buffer.from("client")],
  header,
  parent_header: {},
  metadata: {},
  content: { code: "1 + 1 // 𝑥" },
  buffers: [Buffer.from([1, 2, 3])],
};

describe("the wire", () => {
  it("reads what it wrote, buffers and identities included", () => {
    const back = decode(encode(message, key), key);
    assert.deepEqual(
      { ...back, identities: back.identities.map(String) },
      { ...message, identities: ["client"] },
    );
  });

  it("refuses a wrong, a missing and a short signature", () => {
    for (const signature of ["0".repeat(64), "", "abc"]) {
      const frames = encode(message, key);
      frames[2] = Buffer.from(signature);
      assert.throws(() => decode(frames, key), /wrong signature/);
    }
  });

  it("checks the signature before it parses", () => {
    const frames = encode(message, key);
    frames[6] = Buffer.from("{not json");
    assert.throws(() => decode(frames, key), /wrong signature/);
  });

  it("never names a signature in what it throws", () => {
    const wanted = String(encode(message, key)[2]);
    const frames = encode(message, "another key");
    assert.throws(
      () => decode(frames, key),
      (error: Error) => !error.message.includes(wanted) && !error.message.includes(String(frames[2])),
    );
  });

  it("refuses a replayed message, and forgets signatures beyond the ring's size", () => {
    const fresh = replayRing(2);
    decode(encode(message, key), key, fresh);
    assert.throws(() => decode(encode(message, key), key, fresh), /replayed/);
    for (const id of ["2", "3"])
      decode(encode({ ...message, header: { ...header, msg_id: id } }, key), key, fresh);
    assert.doesNotThrow(() => decode(encode(message, key), key, fresh));
  });

  it("does not let a forged message fill the replay ring", () => {
    const fresh = replayRing();
    const forged = encode(message, "another key");
    forged[2] = encode(message, key)[2] as Uint8Array;
    forged[6] = Buffer.from('{"code":"2"}');
    assert.throws(() => decode(forged, key, fresh), /wrong signature/);
    assert.doesNotThrow(() => decode(encode(message, key), key, fresh));
  });

  it("refuses truncated frames, bad UTF-8, deep JSON, __proto__ keys and headers without a type", () => {
    const bad: [string, Uint8Array][] = [
      ["UTF-8", Buffer.from([0x7b, 0xff, 0x7d])],
      ["deep", Buffer.from(`{"a":${"[".repeat(1e5)}${"]".repeat(1e5)}}`)],
      ["proto", Buffer.from('{"__proto__":{"polluted":1}}')],
      ["escaped proto", Buffer.from('{"\\u005f_proto__":{"polluted":1}}')],
      ["not an object", Buffer.from("[1]")],
      ["null", Buffer.from("null")],
    ];
    for (const [what, content] of bad) {
      const frames = encode(message, "");
      frames[6] = content;
      assert.throws(() => decode(frames, ""), WireError, what);
    }
    const frames = encode(message, "");
    for (let n = 0; n < 7; n++) assert.throws(() => decode(frames.slice(0, n), ""), WireError);
    frames[3] = Buffer.from("{}");
    assert.throws(() => decode(frames, ""), /header lacks/);
  });

  it("lets a cell speak of __proto__", () => {
    const said = { ...message, content: { code: "__proto__", more: 'x["__proto__"]' } };
    assert.deepEqual(decode(encode(said, key), key).content, said.content);
  });

  it("names both sizes of a message above the limit, and keeps its header", () => {
    const large = { ...message, content: { code: "x".repeat(messageLimit) } };
    assert.throws(
      () => decode(encode(large, key), key),
      (error: Error) =>
        error instanceof TooLarge && error.header.msg_id === "1" && /67108864/.test(error.message),
    );
  });
});
