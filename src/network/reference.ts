/**
 * The network as its equations say it, one instance at a time, φ(Z) written out, in float64: the plain reference that the
 * passes over batches are compared with.
 */

import { filterCols, type Layer, type LayerPart, partOf } from "../layers/layer.js";
import { add, dotMultiply, relu, scale } from "../numeric/elementwise.js";
import { ones, transpose } from "../numeric/matrix.js";
import { addColumn, multiply } from "../numeric/multiply.js";
import { phi, vTP } from "../numeric/phi.js";
import { avgPool, avgPoolTranspose, maxPool, maxPoolAt, maxPoolTranspose } from "../numeric/pool.js";
import { reluPrime } from "../numeric/relu.js";
import { columnMajor, type Matrix, reshaped, zeros } from "../numeric/storage.js";
import { convShape } from "../shape.js";
import type { Network } from "./network.js";

/** What one layer made of one instance. */
interface Made {
  readonly layer: Layer;
  readonly part: LayerPart;
  /** φ(pad(Z^m)) of each group. */
  readonly phiZ: readonly Matrix[];
  readonly S: Matrix;
  /** Z^{m+1}. */
  readonly out: Matrix;
  /** P_pool of max pooling. */
  readonly index: Int32Array | undefined;
}

/** One instance of a network at one θ: what it gives, and its derivatives. */
export interface ReferenceInstance {
  /** z^{L+1}: n_L × 1. */
  readonly z: Matrix;
  /** Z^{m+1} of each layer. */
  readonly images: readonly Matrix[];
  /** J v, X26: n_L × 1. */
  Jv(v: Float64Array): Matrix;
  /** Jᵀ u, X27: n numbers. */
  JTu(u: Float64Array): Float64Array;
  /** J: n_L × n, X25. */
  jacobian(): Matrix;
}

/** An instance Z^{1,i}, given as vec(Z), of a network at θ. */
export function referenceInstance(net: Network, theta: Float64Array, vecZ: Float64Array): ReferenceInstance {
  const { a, b, d } = net.input;
  const made: Made[] = [];
  let Z: Matrix = columnMajor(d, a * b, vecZ);
  for (const layer of net.layers) {
    const next = layerForward(
      layer,
      partOf(layer, theta),
      reshaped(Z, layer.shape.d, Z.data.length / layer.shape.d),
    );
    made.push(next);
    Z = next.out;
  }
  const JTu = (u: Float64Array) => networkBackward(net, made, u);
  return {
    z: column(Z),
    images: made.map(({ out }) => out),
    Jv: (v) => networkTangent(net, made, v),
    JTu,
    jacobian: () => jacobian(net, JTu),
  };
}

/** Z^{m+1} = mat(P_pool vec(σ(W mat(P_φ P_pad vec(Z)) + b 1ᵀ))), X10. */
function layerForward(layer: Layer, part: LayerPart, Z: Matrix): Made {
  const phiZ = groupsOf(layer).map((g) => phi(rows(Z, g, groupShape(layer).d), groupShape(layer)));
  const S = addColumn(timesFilters(layer, part.W, phiZ), part.b);
  const activated = layer.isLinear ? S : relu(S);
  if (layer.pool === undefined) return { layer, part, phiZ, S, out: activated, index: undefined };
  switch (layer.pool.kind) {
    case "average":
      return { layer, part, phiZ, S, out: avgPool(activated, windows(layer)), index: undefined };
    case "max": {
      const { Z: out, index } = maxPool(activated, windows(layer));
      return { layer, part, phiZ, S, out, index };
    }
  }
}

/** X15 to X19, from u = ∂ξ/∂z^{L+1}. */
function networkBackward(net: Network, made: readonly Made[], u: Float64Array): Float64Array {
  const g = new Float64Array(net.n);
  let dZ: Matrix = columnMajor(u.length, 1, u);
  for (const one of made.toReversed()) {
    const { layer, part, phiZ } = one;
    const dS = dotMultiply(
      pooledBack(one, reshaped(dZ, layer.dOut, dZ.data.length / layer.dOut)),
      slope(one),
    );
    const to = partOf(layer, g);
    const size = layer.dOut / layer.groups;
    for (const k of groupsOf(layer)) putRows(to.W, k, multiply(rows(dS, k, size), transpose(phiZ[k]))); // X16
    to.b.data.set(multiply(dS, ones(dS.cols)).data); // X17
    const { d, a, b } = layer.shape;
    dZ = zeros(d, a * b);
    for (const k of groupsOf(layer)) {
      const V = multiply(transpose(rows(part.W, k, size)), rows(dS, k, size));
      putRows(dZ, k, vTP(V, groupShape(layer))); // X18
    }
  }
  return g;
}

/** R(Z^{m+1}) = P_pool(σ′(S) ⊙ (W R(φ) + V_W φ + v_b 1ᵀ)), X26. */
function networkTangent(net: Network, made: readonly Made[], v: Float64Array): Matrix {
  let RZ = zeros(net.input.d, net.input.a * net.input.b);
  for (const one of made) {
    const { layer, part, phiZ } = one;
    const V = partOf(layer, v);
    const images = reshaped(RZ, layer.shape.d, RZ.data.length / layer.shape.d);
    const Rphi = groupsOf(layer).map((g) => phi(rows(images, g, groupShape(layer).d), groupShape(layer)));
    const RS = add(timesFilters(layer, part.W, Rphi), addColumn(timesFilters(layer, V.W, phiZ), V.b));
    RZ = pooledAlong(one, dotMultiply(RS, slope(one)));
  }
  return column(RZ);
}

/** Row k of J is (Jᵀ e_k)ᵀ. */
function jacobian(net: Network, JTu: (u: Float64Array) => Float64Array): Matrix {
  const J = zeros(net.outputs, net.n);
  for (let k = 0; k < net.outputs; k++) {
    const row = JTu(Float64Array.from({ length: net.outputs }, (_, i) => (i === k ? 1 : 0)));
    for (let j = 0; j < net.n; j++) J.data[k + J.rows * j] = row[j];
  }
  return J;
}

/** σ′(S), or all ones where σ is left out. */
function slope({ layer, S }: Made): Matrix {
  return layer.isLinear ? ones(S.rows, S.cols) : reluPrime(S);
}

/** mat(P_poolᵀ vec(dZ)). */
function pooledBack({ layer, index }: Made, dZ: Matrix): Matrix {
  if (layer.pool === undefined) return dZ;
  if (index === undefined) return avgPoolTranspose(dZ, windows(layer));
  return maxPoolTranspose(dZ, index, { a: layer.pool.a, b: layer.pool.b, d: layer.dOut });
}

/** mat(P_pool vec(R)): the windows that the forward pass took. */
function pooledAlong({ layer, index }: Made, R: Matrix): Matrix {
  if (layer.pool === undefined) return R;
  return index === undefined ? avgPool(R, windows(layer)) : maxPoolAt(R, index);
}

/** W φ(Z), each group's rows of W with its own φ(Z). */
function timesFilters(layer: Layer, W: Matrix, phiZ: readonly Matrix[]): Matrix {
  const S = zeros(layer.dOut, phiZ[0].cols);
  const size = layer.dOut / layer.groups;
  for (const g of groupsOf(layer)) putRows(S, g, multiply(rows(W, g, size), phiZ[g]));
  return S;
}

function groupsOf({ groups }: Layer): number[] {
  return Array.from({ length: groups }, (_, g) => g);
}

function groupShape(layer: Layer): Layer["shape"] {
  const { a, b, h, s, pad } = layer.shape;
  return convShape({ a, b, d: filterCols(layer) / h ** 2, h, s, pad });
}

function windows({ pool }: Layer): { a: number; b: number; q: number } {
  const { a, b, q } = pool as NonNullable<Layer["pool"]>;
  return { a, b, q };
}

/** Rows g·size … g·size + size − 1 of M. */
function rows(M: Matrix, g: number, size: number): Matrix {
  const part = zeros(size, M.cols);
  for (let j = 0; j < M.cols; j++) {
    for (let i = 0; i < size; i++) part.data[i + size * j] = M.data[g * size + i + M.rows * j];
  }
  return part;
}

/** Writes them. */
function putRows(M: Matrix, g: number, part: Matrix): void {
  for (let j = 0; j < M.cols; j++) {
    for (let i = 0; i < part.rows; i++) M.data[g * part.rows + i + M.rows * j] = part.data[i + part.rows * j];
  }
}

function column(M: Matrix): Matrix {
  return scale(1, reshaped(M, M.data.length, 1));
}
