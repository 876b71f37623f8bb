#!/usr/bin/env node
// The command line: everything it can do is in kernel/cli.ts.
import { main } from "../dist/kernel/cli.js";

process.exitCode = await main(process.argv.slice(2));
