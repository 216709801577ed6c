#!/bin/sh
# Takes the pictures of the docs again, by a browser test that runs alone, so that only its own cases are to be seen.
set -eu
cd "$(dirname "$0")/../.."
CI=true ./mvnw -q -Dgroups=pictures -DexcludedGroups=none -Dtest=PicturesTest -Dsurefire.failIfNoSpecifiedTests=true test
cp -R target/screenshots/docs/. docs/images/
