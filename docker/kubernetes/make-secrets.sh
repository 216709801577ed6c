#!/usr/bin/env bash
# Writes the secrets signing-engine and signing-worker, made of the files of ../make-secrets.sh, to standard
# output:  ./make-secrets.sh | kubectl apply -f -
# Put the password of the database's user signspace into database-password before.
set -euo pipefail

folder="${1:-$(dirname "$0")/../secrets}"

for file in admin-password client-secret database-password evidence-public.pem evidence.pem \
  identity-codes-public.pem identity-codes.pem scrape-password worker-password; do
  [ -s "$folder/$file" ] || { echo "$folder/$file is missing or empty" >&2; exit 1; }
done

secret() { # name, then pairs of key and file
  printf -- '---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: %s\ndata:\n' "$1"
  shift
  while [ $# -gt 0 ]; do
    printf '  %s: %s\n' "$1" "$(base64 --wrap=0 "$folder/$2")"
    shift 2
  done
}

secret signing-engine \
  spring.datasource.password database-password \
  camunda.bpm.admin-user.password admin-password \
  signspace.worker.password worker-password \
  signspace.client-secret client-secret \
  signspace.users.prometheus.password scrape-password \
  identity-codes-public.pem identity-codes-public.pem \
  evidence-public.pem evidence-public.pem
secret signing-worker \
  signspace.worker.password worker-password \
  signspace.client-secret client-secret \
  signspace.users.prometheus.password scrape-password \
  identity-codes.pem identity-codes.pem \
  evidence.pem evidence.pem
