export { DATASTORE } from "../modules/datastore/sample";
export { METADATA_SERVICE } from "../modules/metadata-service/sample";
export { TRICKY } from "./tricky";
