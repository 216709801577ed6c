package fi.signspace.plugin.api.delivery;

import fi.signspace.plugin.api.event.EventType;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.impl.context.Context;

/** All channels of this node. */
record Channels(List<Channel> channels) {

  boolean want(EventType type) {
    return channels.stream().anyMatch(channel -> channel.events().contains(type));
  }

  boolean wantMoreThan(EventType type) {
    return channels.stream()
        .flatMap(channel -> channel.events().stream())
        .anyMatch(wanted -> wanted != type);
  }

  /** A user who may act on the request needs no permission to start a message's process. */
  void store(DelegateExecution request, Occurrence event) {
    Context.getCommandContext()
        .runWithoutAuthorization(
            () -> {
              channels.stream()
                  .filter(channel -> channel.events().contains(event.type()))
                  .forEach(channel -> channel.store(request, event));
              return Optional.empty();
            });
  }
}
