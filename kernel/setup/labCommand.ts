/** `philab lab`: its words on the command line. */
export { lab as run } from "./start.js";

export const usage: string = `philab lab [FOLDER] [--no-browser] [--port N]

Makes .venv with JupyterLab on the first start, installs kernel and plugin there, opens the notebooks.
  FOLDER         with notebooks of your own, instead of the lecture's
  --no-browser   print the URL alone
  --port N       listen there`;
