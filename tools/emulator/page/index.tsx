import { render } from "preact";
import { App } from "./app";
import "./page.css";
import "./diagram.css";
import "./views.css";

const place = document.getElementById("page");
if (place !== null) render(<App />, place);
