/** The port of HTTP; also that at which the load balancer hands calls on to the metadata service. */
export const HTTP_PORT = 80;
/** The port of HTTPS. */
export const HTTPS_PORT = 443;
/** The port of PostgreSQL, and of RDS where nothing else is said. */
export const POSTGRESQL_PORT = 5432;

/** The port of the metadata service's container. */
export const SERVICE_PORT = 8080;
/** The port of the migration service, in the same container. */
export const MIGRATION_PORT = 8082;
/** The port of the container of the web interface's backend. */
export const UI_BACKEND_PORT = 8083;
/** The port of the container of the web interface's frontend. */
export const UI_STATIC_PORT = 3000;
