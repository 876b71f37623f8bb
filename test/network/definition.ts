/**
 * A network from its definition, entry by entry, on complex numbers: z_{i+(p−1)s, j+(q−1)s, c} in loops, no φ, no code of
 * src but the sizes. With an imaginary part of 1e-200 in θ the imaginary part of the outcome is 1e-200 times the derivative,
 * to the last digits: nothing is subtracted.
 */

import type { Layer } from "../../src/layers/layer.js";
import type { Network } from "../../src/network/network.js";

export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** z^{L+1} of one instance given as vec(Z). */
export function outputsByDefinition(net: Network, theta: Complex, Z: Float64Array): Complex {
  let image: Complex = { re: Z, im: new Float64Array(Z.length) };
  let from = 0;
  for (const layer of net.layers) {
    const S = convolved(layer, theta, from, image);
    const activated = layer.isLinear ? S : relu(S);
    from += layer.dOut * (columnsOf(layer) + 1);
    image = layer.pool ? pooled(layer, activated) : activated;
  }
  return image;
}

function columnsOf({ shape: { h, d }, groups }: Layer): number {
  return (h * h * d) / groups;
}

function convolved(layer: Layer, theta: Complex, from: number, Z: Complex): Complex {
  const { dOut, groups } = layer;
  const { a, b, d, h, s, pad, aOut, bOut } = layer.shape;
  const [S, part, cols] = [complexZeros(dOut * aOut * bOut), d / groups, columnsOf(layer)];
  for (let o = 0; o < dOut; o++) {
    const first = Math.floor(o / (dOut / groups)) * part;
    for (let q = 0; q < bOut; q++) {
      for (let p = 0; p < aOut; p++) {
        const to = o + dOut * (p + aOut * q);
        S.re[to] = theta.re[from + dOut * cols + o]!;
        S.im[to] = theta.im[from + dOut * cols + o]!;
        for (let c = 0; c < part; c++) {
          for (let j = 0; j < h; j++) {
            for (let i = 0; i < h; i++) {
              const [row, col] = [p * s + i - pad, q * s + j - pad];
              if (row < 0 || row >= a || col < 0 || col >= b) continue;
              const w = from + o + dOut * (i + h * (j + h * c));
              const z = first + c + d * (row + a * col);
              S.re[to] = S.re[to]! + theta.re[w]! * Z.re[z]! - theta.im[w]! * Z.im[z]!;
              S.im[to] = S.im[to]! + theta.re[w]! * Z.im[z]! + theta.im[w]! * Z.re[z]!;
            }
          }
        }
      }
    }
  }
  return S;
}

function relu(S: Complex): Complex {
  return { re: S.re.map((x) => Math.max(x, 0)), im: S.im.map((x, k) => (S.re[k]! > 0 ? x : 0)) };
}

function pooled({ pool, dOut }: Layer, S: Complex): Complex {
  const { a, q, aOut, bOut, kind } = pool!;
  const Z = complexZeros(dOut * aOut * bOut);
  for (let c = 0; c < dOut; c++) {
    for (let y = 0; y < bOut; y++) {
      for (let x = 0; x < aOut; x++) {
        const places = Array.from({ length: q * q }, (_, k) => {
          const [i, j] = [k % q, Math.floor(k / q)];
          return c + dOut * (x * q + i + a * (y * q + j));
        });
        const to = c + dOut * (x + aOut * y);
        const taken = kind === "max" ? [places.reduce((p, k) => (S.re[k]! > S.re[p]! ? k : p))] : places;
        for (const place of taken) {
          Z.re[to] = Z.re[to]! + S.re[place]! / taken.length;
          Z.im[to] = Z.im[to]! + S.im[place]! / taken.length;
        }
      }
    }
  }
  return Z;
}

function complexZeros(n: number): Complex {
  return { re: new Float64Array(n), im: new Float64Array(n) };
}
