#!/usr/bin/env bash
# Builds the image and replaces the nodes of the cluster one after the other: the balancer always has an
# engine that is ready. Takes further options of docker compose, such as: -f compose.monitoring.yaml
set -euo pipefail
cd "$(dirname "$0")"

compose=(docker compose -f compose.cluster.yaml "$@")
"${compose[@]}" build
for service in engine-1 engine-2 worker; do
  "${compose[@]}" up --detach --no-deps --no-build --wait "$service"
done
