// Generated from 05-gradients.ipynb by "philab export --to ts". Edit the notebook, not this file.
import { type Lecture, lecture } from "philab";

//| export: true
//| label: gradient-lecture
export const L: Lecture = lecture`
  dims h s d_in a_in b_in d_out n_L l
  a_out = floor((a_in - h)/s) + 1;  b_out = floor((b_in - h)/s) + 1
  scalar C
  Z : d_in x a_in*b_in each;  W : d_out x h*h*d_in;  b : d_out x 1
  V : n_L x d_out*a_out*b_out;  y : n_L x 1 each
  G : d_out x a_out*b_out
  phi, P = conv(h, s, d_in, a_in, b_in)
  xi(S) with gradient G
`;
export const S = "W*phi(Z) + b*ones(a_out*b_out)'";

//| export: true
//| label: f
export const regulariser = "(vec(W)'*vec(W) + b'*b + vec(V)'*vec(V))/(2*C)";
export const f: string = `${regulariser} + Sum(norm2(V*vec(sigma(${S})) - y))/l`;
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJuYW1lcyI6W10sInNvdXJjZXMiOlsiLi4vMDUtZ3JhZGllbnRzLmlweW5iL2dyYWRpZW50LWxlY3R1cmUiLCIuLi8wNS1ncmFkaWVudHMuaXB5bmIvZiJdLCJzb3VyY2VzQ29udGVudCI6WyIvL3wgZXhwb3J0OiB0cnVlXG4vL3wgbGFiZWw6IGdyYWRpZW50LWxlY3R1cmVcbmNvbnN0IEw6IExlY3R1cmUgPSBsZWN0dXJlYFxuICBkaW1zIGggcyBkX2luIGFfaW4gYl9pbiBkX291dCBuX0wgbFxuICBhX291dCA9IGZsb29yKChhX2luIC0gaCkvcykgKyAxOyAgYl9vdXQgPSBmbG9vcigoYl9pbiAtIGgpL3MpICsgMVxuICBzY2FsYXIgQ1xuICBaIDogZF9pbiB4IGFfaW4qYl9pbiBlYWNoOyAgVyA6IGRfb3V0IHggaCpoKmRfaW47ICBiIDogZF9vdXQgeCAxXG4gIFYgOiBuX0wgeCBkX291dCphX291dCpiX291dDsgIHkgOiBuX0wgeCAxIGVhY2hcbiAgRyA6IGRfb3V0IHggYV9vdXQqYl9vdXRcbiAgcGhpLCBQID0gY29udihoLCBzLCBkX2luLCBhX2luLCBiX2luKVxuICB4aShTKSB3aXRoIGdyYWRpZW50IEdcbmA7XG5jb25zdCBTID0gXCJXKnBoaShaKSArIGIqb25lcyhhX291dCpiX291dCknXCI7IiwiLy98IGV4cG9ydDogdHJ1ZVxuLy98IGxhYmVsOiBmXG5jb25zdCByZWd1bGFyaXNlciA9IFwiKHZlYyhXKScqdmVjKFcpICsgYicqYiArIHZlYyhWKScqdmVjKFYpKS8oMipDKVwiO1xuY29uc3QgZjogc3RyaW5nID0gYCR7cmVndWxhcmlzZXJ9ICsgU3VtKG5vcm0yKFYqdmVjKHNpZ21hKCR7U30pKSAtIHkpKS9sYDsiXSwibWFwcGluZ3MiOiI7Ozs7O09BRUEsTUFBTSxDQUFDLEVBQUUsUUFBUSxFQUFFLE9BQU87Ozs7Ozs7OztDQVN6QjtPQUNELE1BQU0sRUFBRSxFQUFFLGlDQUFpQzs7OztPQ1YzQyxNQUFNLFlBQVksRUFBRSxnREFBZ0Q7T0FDcEUsTUFBTSxDQUFDLEVBQUUsT0FBTyxFQUFFLEdBQUcsV0FBVyw0QkFBNEIsQ0FBQyxZQUFZIiwiaWdub3JlTGlzdCI6W119
