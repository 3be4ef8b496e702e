import "../../main";
import "./modules";
