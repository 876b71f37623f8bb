// Generated from 04-vec-rules-and-kronecker.ipynb by "philab export --to ts". Edit the notebook, not this file.
import { type Lecture, lecture } from "philab";

//| export: true
//| label: rules-lecture
export const L: Lecture = lecture`
  dims m n p q
  A : m x n;  X : n x p;  B : p x q;  C : q x m
`;

//| export: true
//| label: kronecker-rules
export const rules = {
  "mixed product": "kron(A, B)*kron(X, C) = kron(A*X, B*C)",
  "transpose": "kron(A, B)' = kron(A', B')",
  "identities": "kron(I(m), I(n)) = I(m*n)",
};

//| export: true
//| label: layer-lecture
export const layer: Lecture = lecture`
  dims h s d_in a_in b_in d_out
  a_out = floor((a_in - h)/s) + 1;  b_out = floor((b_in - h)/s) + 1
  Z : d_in x a_in*b_in;  W : d_out x h*h*d_in;  b : d_out x 1;  G : d_out x a_out*b_out
  phi, P = conv(h, s, d_in, a_in, b_in)
`;
export const S = "W*phi(Z) + b*ones(a_out*b_out)'";
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJuYW1lcyI6W10sInNvdXJjZXMiOlsiLi4vMDQtdmVjLXJ1bGVzLWFuZC1rcm9uZWNrZXIuaXB5bmIvcnVsZXMtbGVjdHVyZSIsIi4uLzA0LXZlYy1ydWxlcy1hbmQta3JvbmVja2VyLmlweW5iL2tyb25lY2tlci1ydWxlcyIsIi4uLzA0LXZlYy1ydWxlcy1hbmQta3JvbmVja2VyLmlweW5iL2xheWVyLWxlY3R1cmUiXSwic291cmNlc0NvbnRlbnQiOlsiLy98IGV4cG9ydDogdHJ1ZVxuLy98IGxhYmVsOiBydWxlcy1sZWN0dXJlXG5jb25zdCBMOiBMZWN0dXJlID0gbGVjdHVyZWBcbiAgZGltcyBtIG4gcCBxXG4gIEEgOiBtIHggbjsgIFggOiBuIHggcDsgIEIgOiBwIHggcTsgIEMgOiBxIHggbVxuYDsiLCIvL3wgZXhwb3J0OiB0cnVlXG4vL3wgbGFiZWw6IGtyb25lY2tlci1ydWxlc1xuY29uc3QgcnVsZXMgPSB7XG4gIFwibWl4ZWQgcHJvZHVjdFwiOiBcImtyb24oQSwgQikqa3JvbihYLCBDKSA9IGtyb24oQSpYLCBCKkMpXCIsXG4gIFwidHJhbnNwb3NlXCI6IFwia3JvbihBLCBCKScgPSBrcm9uKEEnLCBCJylcIixcbiAgXCJpZGVudGl0aWVzXCI6IFwia3JvbihJKG0pLCBJKG4pKSA9IEkobSpuKVwiLFxufTsiLCIvL3wgZXhwb3J0OiB0cnVlXG4vL3wgbGFiZWw6IGxheWVyLWxlY3R1cmVcbmNvbnN0IGxheWVyOiBMZWN0dXJlID0gbGVjdHVyZWBcbiAgZGltcyBoIHMgZF9pbiBhX2luIGJfaW4gZF9vdXRcbiAgYV9vdXQgPSBmbG9vcigoYV9pbiAtIGgpL3MpICsgMTsgIGJfb3V0ID0gZmxvb3IoKGJfaW4gLSBoKS9zKSArIDFcbiAgWiA6IGRfaW4geCBhX2luKmJfaW47ICBXIDogZF9vdXQgeCBoKmgqZF9pbjsgIGIgOiBkX291dCB4IDE7ICBHIDogZF9vdXQgeCBhX291dCpiX291dFxuICBwaGksIFAgPSBjb252KGgsIHMsIGRfaW4sIGFfaW4sIGJfaW4pXG5gO1xuY29uc3QgUyA9IFwiVypwaGkoWikgKyBiKm9uZXMoYV9vdXQqYl9vdXQpJ1wiOyJdLCJtYXBwaW5ncyI6Ijs7Ozs7T0FFQSxNQUFNLENBQUMsRUFBRSxRQUFRLEVBQUUsT0FBTzs7O0NBR3pCOzs7O09DSEQsTUFBTSxNQUFNLEVBQUU7RUFDWixlQUFlLEVBQUUsd0NBQXdDO0VBQ3pELFdBQVcsRUFBRSw0QkFBNEI7RUFDekMsWUFBWSxFQUFFLDJCQUEyQjtBQUMzQyxDQUFDOzs7O09DSkQsTUFBTSxLQUFLLEVBQUUsUUFBUSxFQUFFLE9BQU87Ozs7O0NBSzdCO09BQ0QsTUFBTSxFQUFFLEVBQUUsaUNBQWlDIiwiaWdub3JlTGlzdCI6W119
