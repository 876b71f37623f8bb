% simpleNN's way in Octave: φ(Z) = Z(index), eq. (4); products; vᵀP_φ by accumarray.
1;

addpath(fileparts(mfilename("fullpath")));

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

function entries = all_probes(L, W, phiZ, dS, l, index)
  [dW, db, dZ] = gradients(L, W, phiZ, dS, l, index);
  entries = [probe(dW)(:); probe(db)(:); probe(dZ)(:)];
end

answer(@prepare, ["Octave " version()]);
