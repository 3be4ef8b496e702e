import "../main";
import "./modules";
