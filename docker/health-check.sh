#!/usr/bin/env bash
# Succeeds if the node is ready. The image has no HTTP client, so bash connects to the port. Respects
# the variables that change the address; for a node with TLS, uses its loopback port.
host=${SERVER_ADDRESS:-127.0.0.1}
port=${SERVER_PORT:-8080}
path=${SERVER_SERVLET_CONTEXT_PATH%/}
ssl=${SERVER_SSL_ENABLED:-$([ -n "${!SERVER_SSL_*}" ] && echo true)}
if [ -n "$MANAGEMENT_SERVER_PORT" ] && [ "$MANAGEMENT_SERVER_PORT" != "$port" ]; then
  host=${MANAGEMENT_SERVER_ADDRESS:-127.0.0.1}
  port=$MANAGEMENT_SERVER_PORT
  path=${MANAGEMENT_SERVER_BASE_PATH%/}
  if [ "$ssl" = true ] && [ "$MANAGEMENT_SERVER_SSL_ENABLED" != false ]; then
    echo "set MANAGEMENT_SERVER_SSL_ENABLED=false: this check does not speak TLS" >&2
    exit 1
  fi
elif [ "$ssl" = true ]; then
  host=127.0.0.1
  port=$SIGNSPACE_LOOPBACK_PORT
fi
case $host in 0.0.0.0 | ::) host=127.0.0.1 ;; esac
exec 3<>"/dev/tcp/$host/$port" || exit 1
printf 'GET %s/actuator/health/readiness HTTP/1.0\r\nHost: localhost\r\n\r\n' "$path" >&3
read -r -t 4 _ status _ <&3
[ "$status" = 200 ]
