package fi.signspace.plugin.e2e;

import org.springframework.boot.test.web.server.LocalServerPort;

/** As it is out of the box: everything in one process, with an H2 in memory. */
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
