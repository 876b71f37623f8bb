% simpleNN's way in Octave: φ(Z) = Z(index), eq. (4); products; vᵀP_φ by accumarray. As peer.py, a line for a line.
1;

crash_dumps_octave_core(false); % an end by signal leaves no file behind
function [call, probes] = prepare(request)
  L = request.layer;
  l = request.batch;
  if L.groups != 1 || any(strcmp(request.what, {"phi", "vTP"}))
    error("groups are not in simpleNN's layer, and phi alone is not asked for here");
  end
  index = phi_index(L);
  W = filled(1, [L.dOut, L.h * L.h * L.d], request.dtype);
  b = filled(2, [L.dOut, 1], request.dtype);
  Z = filled(3, [L.d, L.a * L.b * l], request.dtype);
  dS = filled(4, [L.dOut, L.aOut * L.bOut * l], request.dtype);
  switch request.what
    case "fwd"
      call = @() forward(L, W, b, Z, l, index);
      probes = @() probe(forward(L, W, b, Z, l, index));
    case "bwd"
      phiZ = phi(L, Z, l, index);
      call = @() gradients(L, W, phiZ, dS, l, index);
      probes = @() all_probes(L, W, phiZ, dS, l, index);
    case "fwd+bwd"
      call = @() both(L, W, b, Z, dS, l, index);
      probes = @() all_probes(L, W, phi(L, Z, l, index), dS, l, index);
  end
end

function [S, phiZ] = forward(L, W, b, Z, l, index)
  phiZ = phi(L, Z, l, index);
  S = W * phiZ + b;
end

% φ(Z) is kept from the pass forward; vᵀP_φ of all instances is one accumarray.
function [dW, db, dZ] = gradients(L, W, phiZ, dS, l, index)
  dW = dS * phiZ';
  db = sum(dS, 2);
  V = W' * dS;
  n = L.d * (L.a + 2 * L.pad) * (L.b + 2 * L.pad);
  places = index + (0:l-1) * n;
  padded = accumarray(places(:), V(:), [n * l, 1]);
  padded = reshape(padded, L.d, L.a + 2 * L.pad, L.b + 2 * L.pad, l);
  dZ = reshape(padded(:, L.pad + (1:L.a), L.pad + (1:L.b), :), L.d, []);
end

function both(L, W, b, Z, dS, l, index)
  [S, phiZ] = forward(L, W, b, Z, l, index);
  [dW, db, dZ] = gradients(L, W, phiZ, dS, l, index);
end

function phiZ = phi(L, Z, l, index)
  padded = zeros(L.d, L.a + 2 * L.pad, L.b + 2 * L.pad, l, class(Z));
  padded(:, L.pad + (1:L.a), L.pad + (1:L.b), :) = reshape(Z, L.d, L.a, L.b, l);
  padded = reshape(padded, [], l);
  phiZ = reshape(padded(index, :), L.h * L.h * L.d, []);
end

% c + d(i + a j) over sub-images and output places: the outer sum of two short vectors.
function index = phi_index(L)
  a = L.a + 2 * L.pad;
  [i, j, c] = ndgrid(0:L.h-1, 0:L.h-1, 0:L.d-1);
  [p, q] = ndgrid(0:L.aOut-1, 0:L.bOut-1);
  index = (c(:) + L.d * (i(:) + a * j(:)) + L.d * L.s * (p(:) + a * q(:))' + 1)(:);
end

% The numbers of src/numeric/random.ts, Philox4x32-10; they repeat after 2^18.
function M = filled(seed, sides, dtype)
  n = prod(sides);
  source = 2 * uniform(seed, min(n, 2^18)) - 1;
  M = reshape(cast(source(mod(0:n-1, 2^18) + 1), strrep(strrep(dtype, "float32", "single"), "float64", "double")), sides);
end

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

function five = probe(M)
  five = double(M(floor((numel(M) - 1) * (0:4) / 4) + 1));
end

function entries = all_probes(L, W, phiZ, dS, l, index)
  [dW, db, dZ] = gradients(L, W, phiZ, dS, l, index);
  entries = [probe(dW)(:); probe(db)(:); probe(dZ)(:)];
end

function ms = window(call, least)
  calls = 0;
  start = tic;
  do
    call();
    calls++;
    ms = toc(start) * 1000;
  until ms >= least
  ms /= calls;
end

function say(reply)
  printf("%s\n", jsonencode(reply));
  fflush(stdout);
end

say(struct("version", ["Octave " version()]));
key = "";
while ischar(line = fgetl(stdin))
  if isempty(line)
    continue
  end
  try
    request = jsondecode(line);
    now = jsonencode({request.layer, request.batch, request.dtype, request.what});
    if !strcmp(now, key)
      [call, probes] = prepare(request);
      key = now;
    end
    if isfield(request, "probe")
      say(struct("probe", probes()));
    else
      say(struct("ms", window(call, request.ms)));
    end
  catch failure
    key = "";
    say(struct("error", failure.message));
  end
end
