/** `philab lab`: its words on the command line. */
export { lab as run } from "./start.js";

export const usage: string = `philab lab [FOLDER] [--course] [--no-browser] [--port N]

Makes an environment with JupyterLab on the first start, installs kernel and plugin there, and opens FOLDER: the folder
that you are in unless you name one; in a checkout of philab its notebooks.
  --course       copy the course's notebooks into FOLDER first; those that are there stay as they are
  --no-browser   print the URL alone
  --port N       listen there`;
