% Milliseconds of a call: the mean of as many as take `least` together.
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
