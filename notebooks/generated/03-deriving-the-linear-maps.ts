// Generated from 03-deriving-the-linear-maps.ipynb by "philab export --to ts". Edit the notebook, not this file.
import { type Lecture, lecture } from "philab";

//| export: true
//| label: lecture
export const L: Lecture = lecture`
  dims h s d_in a_in b_in d_out
  a_out = floor((a_in - h)/s) + 1;  b_out = floor((b_in - h)/s) + 1
  Z : d_in x a_in*b_in;  W : d_out x h*h*d_in;  b : d_out x 1
  phi, P = conv(h, s, d_in, a_in, b_in)
`;

//| export: true
//| label: slips
export const slips = {
  "i and j exchanged": "kron(I(d_in*a_out*b_out), K(h, h))*P*vec(Z)",
  "channel fastest": "kron(I(a_out*b_out), K(h*h, d_in))*P*vec(Z)",
  "places row by row": "kron(K(a_out, b_out), I(h*h*d_in))*P*vec(Z)",
  "image row by row": "P*vec(Z')",
};

//| export: true
//| label: facts
export const M: Lecture = lecture`
  dims h s p q d a b d2
  a_pad = a + 2*p;  b_pad = b + 2*p
  a_out = floor((a_pad - h)/s) + 1;  b_out = floor((b_pad - h)/s) + 1
  a_half = floor(a_out/q);  b_half = floor(b_out/q)
  a_dil = a - 2*(h - 1);  b_dil = b - 2*(h - 1)
  Z : d x a*b;  W : d2 x h*h*d
  pad, P_pad = padding(p, d, a, b)
  phi, P_phi = conv(h, s, d, a_pad, b_pad)
  pool, P_pool = maxpool(q, d2, a_out, b_out)
  map dil, P_dil(i:h, j:h, c:d; u:a_dil, v:b_dil) = (c; u + 2*i, v + 2*j) from d x a*b
`;
export const facts = {
  "padding": "vec(pad(Z)) = P_pad*vec(Z)",
  "φ of a padded image": "phi(pad(Z)) = mat(P_phi*P_pad*vec(Z), h*h*d, a_out*b_out)",
  "pooling, given which entries it takes": "vec(pool(W*phi(pad(Z)))) = P_pool*vec(W*phi(pad(Z)))",
  "a dilated convolution": "vec(W*dil(Z)) = kron(I(a_dil*b_dil), W)*P_dil*vec(Z)",
};
//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozLCJuYW1lcyI6W10sInNvdXJjZXMiOlsiLi4vMDMtZGVyaXZpbmctdGhlLWxpbmVhci1tYXBzLmlweW5iL2xlY3R1cmUiLCIuLi8wMy1kZXJpdmluZy10aGUtbGluZWFyLW1hcHMuaXB5bmIvc2xpcHMiLCIuLi8wMy1kZXJpdmluZy10aGUtbGluZWFyLW1hcHMuaXB5bmIvZmFjdHMiXSwic291cmNlc0NvbnRlbnQiOlsiLy98IGV4cG9ydDogdHJ1ZVxuLy98IGxhYmVsOiBsZWN0dXJlXG5jb25zdCBMOiBMZWN0dXJlID0gbGVjdHVyZWBcbiAgZGltcyBoIHMgZF9pbiBhX2luIGJfaW4gZF9vdXRcbiAgYV9vdXQgPSBmbG9vcigoYV9pbiAtIGgpL3MpICsgMTsgIGJfb3V0ID0gZmxvb3IoKGJfaW4gLSBoKS9zKSArIDFcbiAgWiA6IGRfaW4geCBhX2luKmJfaW47ICBXIDogZF9vdXQgeCBoKmgqZF9pbjsgIGIgOiBkX291dCB4IDFcbiAgcGhpLCBQID0gY29udihoLCBzLCBkX2luLCBhX2luLCBiX2luKVxuYDsiLCIvL3wgZXhwb3J0OiB0cnVlXG4vL3wgbGFiZWw6IHNsaXBzXG5jb25zdCBzbGlwcyA9IHtcbiAgXCJpIGFuZCBqIGV4Y2hhbmdlZFwiOiBcImtyb24oSShkX2luKmFfb3V0KmJfb3V0KSwgSyhoLCBoKSkqUCp2ZWMoWilcIixcbiAgXCJjaGFubmVsIGZhc3Rlc3RcIjogXCJrcm9uKEkoYV9vdXQqYl9vdXQpLCBLKGgqaCwgZF9pbikpKlAqdmVjKFopXCIsXG4gIFwicGxhY2VzIHJvdyBieSByb3dcIjogXCJrcm9uKEsoYV9vdXQsIGJfb3V0KSwgSShoKmgqZF9pbikpKlAqdmVjKFopXCIsXG4gIFwiaW1hZ2Ugcm93IGJ5IHJvd1wiOiBcIlAqdmVjKFonKVwiLFxufTsiLCIvL3wgZXhwb3J0OiB0cnVlXG4vL3wgbGFiZWw6IGZhY3RzXG5jb25zdCBNOiBMZWN0dXJlID0gbGVjdHVyZWBcbiAgZGltcyBoIHMgcCBxIGQgYSBiIGQyXG4gIGFfcGFkID0gYSArIDIqcDsgIGJfcGFkID0gYiArIDIqcFxuICBhX291dCA9IGZsb29yKChhX3BhZCAtIGgpL3MpICsgMTsgIGJfb3V0ID0gZmxvb3IoKGJfcGFkIC0gaCkvcykgKyAxXG4gIGFfaGFsZiA9IGZsb29yKGFfb3V0L3EpOyAgYl9oYWxmID0gZmxvb3IoYl9vdXQvcSlcbiAgYV9kaWwgPSBhIC0gMiooaCAtIDEpOyAgYl9kaWwgPSBiIC0gMiooaCAtIDEpXG4gIFogOiBkIHggYSpiOyAgVyA6IGQyIHggaCpoKmRcbiAgcGFkLCBQX3BhZCA9IHBhZGRpbmcocCwgZCwgYSwgYilcbiAgcGhpLCBQX3BoaSA9IGNvbnYoaCwgcywgZCwgYV9wYWQsIGJfcGFkKVxuICBwb29sLCBQX3Bvb2wgPSBtYXhwb29sKHEsIGQyLCBhX291dCwgYl9vdXQpXG4gIG1hcCBkaWwsIFBfZGlsKGk6aCwgajpoLCBjOmQ7IHU6YV9kaWwsIHY6Yl9kaWwpID0gKGM7IHUgKyAyKmksIHYgKyAyKmopIGZyb20gZCB4IGEqYlxuYDtcbmNvbnN0IGZhY3RzID0ge1xuICBcInBhZGRpbmdcIjogXCJ2ZWMocGFkKFopKSA9IFBfcGFkKnZlYyhaKVwiLFxuICBcIs+GIG9mIGEgcGFkZGVkIGltYWdlXCI6IFwicGhpKHBhZChaKSkgPSBtYXQoUF9waGkqUF9wYWQqdmVjKFopLCBoKmgqZCwgYV9vdXQqYl9vdXQpXCIsXG4gIFwicG9vbGluZywgZ2l2ZW4gd2hpY2ggZW50cmllcyBpdCB0YWtlc1wiOiBcInZlYyhwb29sKFcqcGhpKHBhZChaKSkpKSA9IFBfcG9vbCp2ZWMoVypwaGkocGFkKFopKSlcIixcbiAgXCJhIGRpbGF0ZWQgY29udm9sdXRpb25cIjogXCJ2ZWMoVypkaWwoWikpID0ga3JvbihJKGFfZGlsKmJfZGlsKSwgVykqUF9kaWwqdmVjKFopXCIsXG59OyJdLCJtYXBwaW5ncyI6Ijs7Ozs7T0FFQSxNQUFNLENBQUMsRUFBRSxRQUFRLEVBQUUsT0FBTzs7Ozs7Q0FLekI7Ozs7T0NMRCxNQUFNLE1BQU0sRUFBRTtFQUNaLG1CQUFtQixFQUFFLDZDQUE2QztFQUNsRSxpQkFBaUIsRUFBRSw2Q0FBNkM7RUFDaEUsbUJBQW1CLEVBQUUsNkNBQTZDO0VBQ2xFLGtCQUFrQixFQUFFLFdBQVc7QUFDakMsQ0FBQzs7OztPQ0xELE1BQU0sQ0FBQyxFQUFFLFFBQVEsRUFBRSxPQUFPOzs7Ozs7Ozs7OztDQVd6QjtPQUNELE1BQU0sTUFBTSxFQUFFO0VBQ1osU0FBUyxFQUFFLDRCQUE0QjtFQUN2QyxxQkFBcUIsRUFBRSwyREFBMkQ7RUFDbEYsdUNBQXVDLEVBQUUsc0RBQXNEO0VBQy9GLHVCQUF1QixFQUFFLHNEQUFzRDtBQUNqRixDQUFDIiwiaWdub3JlTGlzdCI6W119
