package fi.signspace.plugin.e2e;

import org.springframework.boot.test.web.server.LocalServerPort;

/** The default setup: everything in one process, with an in-memory H2. */
@EndToEnd
class H2LifecycleTest extends LifecycleTest {

  @LocalServerPort private int port;

  @Override
  EngineRest engine() {
    return new EngineRest(port);
  }

  @Override
  SandboxControl sandbox() {
    return new SandboxControl(port);
  }
}
