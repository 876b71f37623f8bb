/** Lines of derivations: true ones, and between them those that forget an argument or bring another. */

import { laws, type Sides, temptations } from "./laws.js";
import { type Terms, textOf } from "./terms.js";

/** A first line and others that might follow; undefined where the declarations have nothing for them. */
export function linesOf(t: Terms): string[] | undefined {
  return t.random.of([ofLoss, ofLoss, ofSelection, ofSelection, ofLaws])(t);
}

/** d ξ(S) = vec(G)ᵀ vec(dS), at S, at kS, at S + T; in any order. */
function ofLoss(t: Terms): string[] | undefined {
  if (t.losses.length === 0) return undefined;
  const { name, gradient, of } = t.random.of(t.losses);
  const [S, T] = [t.term(of, t.random.whole(0, 1)), t.term(of, 0)];
  const X = t.random.of(t.variables);
  const forms = [
    `d(${name}(${S}), ${X})`,
    `vec(${gradient})'*vec(d(${S}, ${X}))`,
    `vec(d(${S}, ${X}))'*vec(${gradient})`,
    `d(${name}(2*${S}), ${X})/2`,
    `d(${name}(${S} + ${T}), ${X}) - vec(${gradient})'*vec(d(${T}, ${X}))`,
    `d(${name}(${S} + ${T} - ${T}), ${X})`,
    `d(${name}(${T}), ${X}) - vec(${gradient})'*vec(d(${T}, ${X})) + vec(${gradient})'*vec(d(${S}, ${X}))`,
    `d(vec(${gradient})'*vec(${S}), ${X}) - vec(d(${gradient}, ${X}))'*vec(${S})`,
    `trace(${gradient}'*d(${S}, ${X}))`,
  ];
  return t.random.some(forms, 5);
}

/** P_pool vec(A) = vec(pool(A)), at A, at kA, at A + B. */
function ofSelection(t: Terms): string[] | undefined {
  const choosing = t.maps.filter(({ chooses }) => chooses);
  if (choosing.length === 0) return undefined;
  const { name, matrix, from, to } = t.random.of(choosing);
  const [A, B] = [t.term(from, t.random.whole(0, 1)), t.term(from, 0)];
  const shape = `${textOf(to.rows)}, ${textOf(to.cols)}`;
  const forms = [
    `vec(${name}(${A}))`,
    `${matrix}*vec(${A})`,
    `vec(mat(${matrix}*vec(${A}), ${shape}))`,
    `vec(${name}(${A})) + ${matrix}*vec(${B}) - vec(${name}(${B}))`,
    `${matrix}*vec(${A} + ${B}) - ${matrix}*vec(${B})`,
    `vec(${name}(${A} + ${B})) - ${matrix}*vec(${B})`,
    `vec(${name}(2*${A}))/2`,
    `vec(${name}(${A})) + vec(${name}(sigma(${A}))) - ${matrix}*vec(sigma(${A}))`,
    `vec(sigma(${name}(${A}))) - vec(${name}(sigma(${A}))) + ${matrix}*vec(${A})`,
    `${matrix}*${matrix}'*${matrix}*vec(${A})`,
  ];
  return t.random.some(forms, 5);
}

/** Both sides of a law, with what adds 0 to them. */
function ofLaws(t: Terms): string[] | undefined {
  const [first, second]: (Sides | undefined)[] = [
    t.random.of(laws)(t),
    t.random.of([...laws, ...temptations])(t),
  ];
  if (!first || !second) return undefined;
  const zero = `norm2(${second[0]}) - norm2(${second[1]})`;
  return [first[0], first[1], `(1 + ${zero})*(${first[1]})`, `(1 + ${zero})*(${first[0]})`, first[0]];
}
