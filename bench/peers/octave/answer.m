% A line of JSON for a line of JSON, as python/peer.py: prepare(request) gives what is to be timed, and what gives numbers to
% compare; it is asked again only where the request asks for something else.
function answer(prepare, version)
  crash_dumps_octave_core(false); % an end by signal leaves no file behind
  say(struct("version", version));
  key = "";
  while ischar(line = fgetl(stdin))
    if isempty(line)
      continue
    end
    try
      request = jsondecode(line, "makeValidName", false);
      now = jsonencode(what_of(request));
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
end

function request = what_of(request)
  for name = {"probe", "ms"}
    if isfield(request, name{1})
      request = rmfield(request, name{1});
    end
  end
end

function say(reply)
  printf("%s\n", jsonencode(reply));
  fflush(stdout);
end
