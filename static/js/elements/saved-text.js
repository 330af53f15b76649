// <saved-text data-keep data-path>: on the page after a save. The text that was kept for the form at that
// address has arrived, so this browser need not keep it any longer.

import { dropSaved } from "./kept-text.js";

dropSaved();
