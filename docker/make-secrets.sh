#!/usr/bin/env bash
# Makes the secrets of this installation in docker/secrets (or the folder that is given), and leaves
# alone those that are there. client-secret is SignSpace's: put yours into the file.
set -euo pipefail

folder="${1:-$(dirname "$0")/secrets}"
mkdir -p "$folder"
# only its owner may enter; the containers' users read the single files that they are given
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
# enough for a node that has no workers
make identity-codes-public.pem openssl pkey -pubout -in "$folder/identity-codes.pem"
make evidence.pem openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256
# what a node that has no workers verifies with
make evidence-public.pem openssl pkey -pubout -in "$folder/evidence.pem"
make client-secret true

if [ ! -s "$folder/client-secret" ]; then
  echo "Put the secret of your SignSpace API client into $folder/client-secret"
fi
