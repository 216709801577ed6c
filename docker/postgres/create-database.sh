#!/usr/bin/env bash
# Runs once, when PostgreSQL starts with an empty volume: creates the database for a user without
# any other rights. Connects as PGUSER, by default the superuser of the container.
set -euo pipefail

psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 \
  --username "${PGUSER:-${POSTGRES_USER:-postgres}}" --dbname postgres \
  --set password="$(cat "${DATABASE_PASSWORD_FILE:-/run/secrets/database-password}")" <<'SQL'
CREATE ROLE signspace LOGIN PASSWORD :'password';
CREATE DATABASE signspace OWNER signspace;
REVOKE CONNECT ON DATABASE signspace FROM PUBLIC;
SQL
