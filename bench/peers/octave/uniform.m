% n numbers from 0 to 1 of src/numeric/random.ts: Philox4x32-10 with this seed.
function u = uniform(seed, n)
  low = 2^32 - 1;
  [c0, c1, c2, c3] = deal(uint64(0:n-1), zeros(1, n, "uint64"), zeros(1, n, "uint64"), zeros(1, n, "uint64"));
  k = uint64([seed, 0]);
  for turn = 1:10
    [h0, l0] = wide(0xD2511F53, c0);
    [h1, l1] = wide(0xCD9E8D57, c2);
    [c0, c1, c2, c3] = deal(bitxor(bitxor(h1, c1), k(1)), l1, bitxor(bitxor(h0, c3), k(2)), l0);
    k = bitand(k + uint64([0x9E3779B9, 0xBB67AE85]), uint64(low));
  end
  u = (double(bitshift(c0, -5)) * 2^26 + double(bitshift(c1, -6))) / 2^53;
end

% The 64-bit product of two 32-bit words: Octave's uint64 stops at its largest value, so halves of 16 bits are used.
function [high, low] = wide(x, y)
  x = uint64(x);
  [xh, xl, yh, yl] = deal(bitshift(x, -16), bitand(x, 65535), bitshift(y, -16), bitand(y, 65535));
  middle = xh .* yl + bitshift(xl .* yl, -16);
  cross = xl .* yh + bitand(middle, 65535);
  high = xh .* yh + bitshift(middle, -16) + bitshift(cross, -16);
  low = bitor(bitshift(bitand(cross, 65535), 16), bitand(xl .* yl, 65535));
end
