import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** JupyterLab cannot be had here: the message says what is missing, how to get it, and what runs without it. */
export class PythonUnavailable extends Error {
  override readonly name = "PythonUnavailable";

  constructor(problem: string, options?: ErrorOptions) {
    super(
      `${problem}\nWithout Python, "npm run notebooks" runs every notebook with philab's own runner.`,
      options,
    );
  }
}

/** A Python that can make environments. */
export interface Python {
  readonly command: string;
  readonly version: string;
}

/** The oldest Python that the pinned versions in constraints.txt allow. */
const oldest = [3, 11] as const;

const howToInstall = [
  "Debian and Ubuntu: sudo apt install python3 python3-venv",
  "macOS: brew install python",
  "elsewhere: https://www.python.org/downloads",
].join("; ");

/**
 * The first Python of PHILAB_PYTHON, python3 and python that starts, is new enough and has venv and ensurepip.
 * Throws PythonUnavailable with the reason of the best candidate.
 */
export async function findPython(env: NodeJS.ProcessEnv = process.env): Promise<Python> {
  const found: Answer[] = [];
  for (const command of [env.PHILAB_PYTHON, "python3", "python"]) {
    const answer = command && (await ask(command, env));
    if (!answer) continue;
    if (!problemOf(answer)) return { command: answer.command, version: answer.version.join(".") };
    found.push(answer);
  }
  throw new PythonUnavailable(found.length > 0 ? problemOf(found[0])! : missing);
}

const missing =
  `philab: JupyterLab needs Python ${oldest.join(".")} or newer, and no python3 was found on PATH. ` +
  `Install it (${howToInstall}).`;

interface Answer {
  readonly command: string;
  readonly version: readonly number[];
  /** The modules that it lacks. */
  readonly lacks: readonly string[];
}

const question = `
import importlib.util, json, sys
lacks = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
print(json.dumps({"version": list(sys.version_info[:3]), "lacks": lacks}))
`;

/** What a Python says of itself; undefined where the command is no Python. */
async function ask(command: string, env: NodeJS.ProcessEnv): Promise<Answer | undefined> {
  try {
    const { stdout } = await promisify(execFile)(command, ["-c", question], { env, timeout: 20_000 });
    return { command, ...(JSON.parse(stdout) as Omit<Answer, "command">) };
  } catch {
    return undefined;
  }
}

function problemOf({ command, version, lacks }: Answer): string | undefined {
  const [major = 0, minor = 0] = version;
  const written = version.join(".");
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    return (
      `philab: ${command} is Python ${written}; JupyterLab's pinned versions need ${oldest.join(".")} or newer. ` +
      `Install one (${howToInstall}) and name it in PHILAB_PYTHON.`
    );
  }
  if (lacks.length === 0) return undefined;
  return (
    `philab: ${command} (Python ${written}) lacks the module ${lacks.join(" and ")}. ` +
    `Install it (Debian and Ubuntu: sudo apt install python${major}.${minor}-venv).`
  );
}
