// report: the page's script and style as text; scripts/embed-page.mjs writes the module from lib/report/page/.

import type { PageText } from "./html.js";

export declare const pageText: PageText;
