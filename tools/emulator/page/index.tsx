import { render } from "preact";
import { App } from "./app";
import "./page.css";
import "./diagram.css";
import "./rows.css";
import "./details.css";

const place = document.getElementById("page");
if (place !== null) render(<App />, place);
