// Every page but a meeting's, which has a line and looks after its words itself: whoever has written something
// at length and not sent it is asked before the page goes.

import { Unsent } from "./unsent.js";

if (!document.querySelector("live-room")) new Unsent(document.querySelector("main"), "textarea[name]");
