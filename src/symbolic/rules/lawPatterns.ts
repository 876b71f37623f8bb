/** The laws of rules as expressions, so that their letters can be found in the lines that they changed. */

/** Both sides of a law; single letters stand for any parts. */
export type LawPattern = readonly [left: string, right: string];

/**
 * Each form of a law by the rule's name, the commonest first: forms with a factor less, or without a neighbour that
 * stays, are forms too. f stands for any index map and P for its matrix. Rules that have no such form are not here.
 */
export const lawPatterns: Readonly<Record<string, readonly LawPattern[]>> = {
  "vec-of-sum": [
    ["vec(A + B)", "vec(A) + vec(B)"],
    ["vec(A - B)", "vec(A) - vec(B)"],
  ],
  "vec-of-multiple": [["vec(c*A)", "c*vec(A)"]],
  "vec-of-product": [
    ["vec(A*X*B)", "kron(B', A)*vec(X)"],
    ["vec(A*X)", "kron(I(n), A)*vec(X)"],
    ["vec(X*B)", "kron(B', I(n))*vec(X)"],
    ["vec(A*X)", "A*vec(X)"],
    ["vec(X*B)", "B'*vec(X)"],
  ],
  "product-of-vec": [
    ["kron(B', A)*vec(X)", "vec(A*X*B)"],
    ["kron(I(n), A)*vec(X)", "vec(A*X)"],
    ["kron(B', I(n))*vec(X)", "vec(X*B)"],
  ],
  "vec-of-hadamard": [
    ["vec(A .* B)", "diag(vec(A))*vec(B)"],
    ["vec(B .* A)", "diag(vec(A))*vec(B)"],
  ],
  "vec-of-hadamard-entries": [["vec(A .* B)", "vec(A) .* vec(B)"]],
  "vec-of-transpose": [["vec(A')", "K(m, n)*vec(A)"]],
  "vec-of-column": [
    ["vec(v')", "v"],
    ["vec(v)", "v"],
  ],
  "vec-of-instances": [["vec(Sum(A))", "Sum(vec(A))"]],
  "column-as-vec": [
    ["A*X*b", "A*vec(X*b)"],
    ["X*b", "vec(X*b)"],
  ],
  "vec-of-mat": [["vec(mat(v, m, n))", "v"]],
  "mat-of-vec": [["mat(vec(A), m, n)", "A"]],
  commutation: [["K(m, n)*vec(X)", "vec(X')"]],
  "vec-row-commutation": [["vec(G)'*K(m, n)", "vec(G')'"]],
  "vec-row-kron": [
    ["vec(G)'*kron(A, B)", "vec(B'*G*A)'"],
    ["vec(G)'*kron(A, I(n))", "vec(G*A)'"],
    ["vec(G)'*kron(I(n), B)", "vec(B'*G)'"],
  ],
  "vec-row-diag": [["vec(G)'*diag(vec(H))", "vec(G .* H)'"]],
  "kron-mixed-product": [["kron(A, B)*kron(C, D)", "kron(A*C, B*D)"]],
  "kron-transpose": [["kron(A, B)'", "kron(A', B')"]],
  "kron-of-sum": [["kron(A + B, C)", "kron(A, C) + kron(B, C)"]],
  "vec-of-map": [["vec(f(Z))", "P*vec(Z)"]],
  "eq (4)": [
    ["vec(f(Z))", "P*vec(Z)"],
    ["f(Z)", "mat(P*vec(Z), m, n)"],
  ],
  "eq (5)": [
    ["mat(vec(A), m, n)", "A"],
    ["vec(mat(v, m, n))", "v"],
  ],
  "map-as-matrix": [["f(Z)", "mat(P*vec(Z), m, n)"]],
  "matrix-as-map": [["P*vec(Z)", "vec(f(Z))"]],
  "map-of-sum": [["f(A + B)", "f(A) + f(B)"]],
  "d-sum": [
    ["d(A + B, X)", "d(A, X) + d(B, X)"],
    ["d(A - B, X)", "d(A, X) - d(B, X)"],
  ],
  "d-product": [
    ["d(A*B, X)", "d(A, X)*B + A*d(B, X)"],
    ["d(A*B, X)", "d(A, X)*B"],
    ["d(A*B, X)", "A*d(B, X)"],
  ],
  "d-hadamard": [["d(A .* B, X)", "d(A, X) .* B + A .* d(B, X)"]],
  "d-sigma": [["d(sigma(S), X)", "dsigma(S) .* d(S, X)"]],
  "d-relu": [["d(relu(S), X)", "drelu(S) .* d(S, X)"]],
  "d-loss": [["d(f(S), X)", "vec(G)'*vec(d(S, X))"]],
  "d-instances": [["d(Sum(A), X)", "Sum(d(A, X))"]],
  "trace-of-product": [["trace(A*B)", "vec(A')'*vec(B)"]],
  "hadamard-as-diag": [["v .* w", "diag(v)*w"]],
  "diag-times-column": [["diag(v)*w", "v .* w"]],
  "transpose-of-product": [["(A*B)'", "B'*A'"]],
  "transpose-of-sum": [["(A + B)'", "A' + B'"]],
  "transpose-of-transpose": [["(A')'", "A"]],
  distribute: [
    ["A*(B + C)", "A*B + A*C"],
    ["(A + B)*C", "A*C + B*C"],
  ],
  collect: [
    ["A*X + B*X", "(A + B)*X"],
    ["A*X + A*Y", "A*(X + Y)"],
  ],
  "like-terms": [["A + A", "2*A"]],
  "instances-of-sum": [["Sum(A + B)", "Sum(A) + Sum(B)"]],
  "out-of-instances": [
    ["Sum(A*X)", "Sum(A)*X"],
    ["Sum(A*X)", "A*Sum(X)"],
  ],
};
