% simpleNN itself in Octave, from the folder that PHILAB_SIMPLENN names: f and ∇f, G v, an iteration of Newton's method and an
% epoch of SG of a network as torch_network.py is given it; θ, Z and y are the same numbers.
1;

addpath(fileparts(mfilename("fullpath")));
home = getenv("PHILAB_SIMPLENN");
if isempty(home)
  error("PHILAB_SIMPLENN names no folder; needed is that of simpleNN, with MATLAB/cnn in it");
end
addpath(genpath(fullfile(home, "MATLAB", "cnn")), genpath(fullfile(home, "MATLAB", "opt")));

% In the place of its third solver: hands over what train() has made ready.
function made = adam(prob, prob_v, param, model, net)
  made = struct("model", model, "net", {net});
end

function [call, probes] = prepare(request)
  given = request.("case"); % a keyword
  [prob, param, model, net] = ready(given);
  v = 2 * uniform(3, given.n)' - 1;
  probes = @() [];
  switch request.what
    case "gradient"
      call = @() gradient(prob, param, model, net);
      probes = @() probe(flat(call()));
    case "Gv"
      net = feedforward(prob.data, model, net);
      call = @() product(prob, param, model, net, feval(class(prob.data), v));
      probes = @() probe(call());
    case {"newton", "newton, Jacobian"}
      param.Jacobian = strcmp(request.what, "newton, Jacobian");
      call = @() silently(@newton, prob, struct, param, model, net);
    case "sgd"
      param.bsize = 128;
      call = @() silently(@sgd, prob, struct, param, model, net);
  end
end

% As its cnn_train and train do, with this θ; bsize is its default for Newton's method.
function [prob, param, model, net] = ready(given)
  global gpu_use float_type
  gpu_use = false;
  float_type = strrep(strrep(given.dtype, "float32", "single"), "float64", "double");
  l = given.l;
  prob = struct("y", mod(0:l-1, given.outputs)' + 1, "l", l);
  prob.data = ftype(reshape(2 * uniform(2, numel_of(given.input) * l) - 1, [], l));
  param = struct("solver", 3, "C", given.C, "bsize", 1024, "GNsize", l, "iter_max", 1, "xi", 1e-9, "CGmax", 10, ...
    "lambda", 1, "drop", 2/3, "boost", 3/2, "eta", 1e-4, "Jacobian", false, "epoch_max", 1, "lr", 1e-6, "decay", 0, ...
    "momentum", 0);
  made = train(prob, struct, param, config_of(given));
  [model, net] = deal(made.model, made.net);
  [~, ~, prob.y_mapped] = unique(prob.y);
  theta = ftype(given.scale * (2 * uniform(1, given.n)' - 1));
  for m = 1:model.L
    part = reshape(theta(model.var_ptr(m):model.var_ptr(m + 1) - 1), rows(model.weight{m}), []);
    model.weight{m} = part(:, 1:end-1);
    model.bias{m} = part(:, end);
  end
end

function n = numel_of(input)
  n = input.a * input.b * input.d;
end

function c = config_of(given)
  layers = num2cell(given.layers);
  isFull = cellfun(@(layer) strcmp(layer.kind, "full"), layers);
  conv = [layers{!isFull}];
  full = [layers{isFull}];
  c = struct("LC", numel(conv), "LF", numel(full), "L", numel(layers), "nL", given.outputs);
  [c.ht_input, c.wd_input] = deal(given.input.a, given.input.b);
  c.ch_input = [given.input.d, conv.dOut];
  [c.wd_pad_added, c.wd_filter, c.strides] = deal([conv.pad], [conv.h], [conv.s]);
  c.wd_subimage_pool = arrayfun(@(layer) layer.pool.q, conv);
  c.full_neurons = [full.dOut];
end

function grad = gradient(prob, param, model, net)
  [~, ~, grad] = fungrad_minibatch(prob, param, model, net, "fungrad");
end

function g = flat(grad)
  parts = cellfun(@(W, b) [W(:); b(:)], grad.dfdW, grad.dfdb, "UniformOutput", false);
  g = vertcat(parts{:});
end

% (I/C + Jᵀ B J / l) v, as its CG has it without the Jacobian.
function Gv = product(prob, param, model, net, v)
  [along, net] = Jv(prob.data, model, net, v);
  back = JTv(model, net, 2 * along);
  parts = cellfun(@(part) part(:), back, "UniformOutput", false);
  Gv = v / param.C + vertcat(parts{:}) / prob.l;
end

% What a solver prints is no answer.
function silently(solver, varargin)
  evalc("solver(varargin{:});");
end

answer(@prepare, ["simpleNN in Octave " version()]);
