// `--example`: a configuration file to begin with. Every line that is not commented out is the default.

/** Ends without a line end. */
export const exampleFile = `## Where the database is, and who signs in; also @path of a file that says so
## https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING
db-uri = "postgresql://"

## Schemas that requests may name; the first is the default
db-schemas = "public"

## Schemas behind the request's own on search_path
db-extra-search-path = "public"

## Role of callers without a token; without it they are refused
# db-anon-role = "anon"

## Connections, and in seconds: the longest wait for one, the longest time unused, the longest life
db-pool = 10
# db-pool-acquisition-timeout = 10
# db-pool-max-idletime = 30
# db-pool-max-lifetime = 1800

## Whether to try again when the database cannot be reached, rather than end
# db-pool-automatic-recovery = true

## false behind a pooler in transaction mode
db-prepared-statements = true

## NOTIFY on this channel reads schema and configuration again
db-channel = "pgrst"
db-channel-enabled = true

## Settings of the login role (ALTER ROLE … SET pgrst.db_schemas = …) win over this file
db-config = true
# db-pre-config = "postgrest.pre_config"

## Function that runs before every request
# db-pre-request = "check_request"

## Most rows of an answer
# db-max-rows = 1000

## Allow aggregates, and execution plans by Accept: application/vnd.pgrst.plan
# db-aggregates-enabled = false
# db-plan-enabled = false

## commit, commit-allow-override, rollback, rollback-allow-override
db-tx-end = "commit"

## A text of 32 characters or more, a JWK or a set of them, or @path of a file
# jwt-secret = "secret_with_at_least_32_characters"
jwt-secret-is-base64 = false
# jwt-aud = "your_audience_claim"

## Where the role stands in a token (JSON Path; a dollar is written twice)
jwt-role-claim-key = "$$.role"

## Verified tokens that are remembered; 0 for none
# jwt-cache-max-entries = 1000

## crit, error, warn, info, debug
log-level = "error"
log-query = false

## verbose, minimal
# client-error-verbosity = "verbose"

## follow-privileges, ignore-privileges, disabled
openapi-mode = "follow-privileges"
openapi-server-proxy-uri = ""

## !4, *4, !6, *6, * or an address; a Unix socket goes before host and port
server-host = "!4"
server-port = 3000
server-reuseport = false
# server-unix-socket = "/tmp/pgrst.sock"
# server-unix-socket-mode = "660"

## Health, metrics and schema on a port of their own
# admin-server-port = 3001

# server-cors-allowed-origins = ""
# server-trace-header = "X-Request-Id"
server-timing-enabled = false

## Filters may name an aliased embed by its relation
url-use-legacy-target-names = true

## For SQL: current_setting('app.settings.key', true)
# app.settings.key = "value"`
