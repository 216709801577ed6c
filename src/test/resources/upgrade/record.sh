#!/bin/sh
# Records what a version leaves behind, for UpgradeTest: src/test/resources/upgrade/record.sh JAR VERSION
set -eu
jar=$(realpath "$1")
cd "$(dirname "$0")/../../../.."
./mvnw -q -Dtest=RecordVersion -Dsurefire.failIfNoSpecifiedTests=false -Dupgrade.jar="$jar" -Dupgrade.version="$2" test
