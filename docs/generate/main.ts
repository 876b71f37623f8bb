/** `npm run api`: writes docs/api.md. */

import { writeFileSync } from "node:fs";
import { apiPage } from "./apiPage.js";
import { publicNames } from "./publicNames.js";

const light = publicNames("src/numbers.ts").flatMap(({ names }) => names.map(({ name }) => name));
writeFileSync(new URL("../api.md", import.meta.url), apiPage(publicNames(), new Set(light)));
