#!/usr/bin/env bash
# Generates the secrets of this installation in docker/secrets (or the given folder), and keeps
# existing ones. client-secret comes from SignSpace: put yours into the file. Makes the mounted files
# of this folder readable for the containers.
set -euo pipefail

here="$(dirname "$0")"
folder="${1:-$here/secrets}"
mkdir -p "$folder"
# only the owner may access the folder; the containers' users read the files mounted for them
chmod 700 "$folder"

make() {
  if [ ! -s "$folder/$1" ]; then
    "${@:2}" > "$folder/$1"
    chmod 644 "$folder/$1"
  fi
}

password() {
  openssl rand -base64 30 | tr -d '/+=\n'
}

for name in postgres-password database-password admin-password worker-password \
  scrape-password grafana-password; do
  make "$name" password
done
make identity-codes.pem openssl genpkey -quiet -algorithm RSA -pkeyopt rsa_keygen_bits:3072
# sufficient for a node without workers
make identity-codes-public.pem openssl pkey -pubout -in "$folder/identity-codes.pem"
make evidence.pem openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256
# for verification on a node without workers
make evidence-public.pem openssl pkey -pubout -in "$folder/evidence.pem"
make client-secret true
# the containers' users read these too, also from a clone that was made with umask 077
chmod -R a+rX "$here"/haproxy.cfg "$here"/monitoring "$here"/postgres

if [ ! -s "$folder/client-secret" ]; then
  echo "Put the secret of your SignSpace API client into $folder/client-secret"
fi
