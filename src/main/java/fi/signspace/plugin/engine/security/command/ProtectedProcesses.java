package fi.signspace.plugin.engine.security.command;

import fi.signspace.plugin.process.SigningProcess;
import java.util.Set;

/** The processes whose commands are checked. */
final class ProtectedProcesses {

  static final Set<String> KEYS = Set.of(SigningProcess.KEY);

  private ProtectedProcesses() {}
}
