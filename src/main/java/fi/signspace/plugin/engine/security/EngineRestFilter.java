package fi.signspace.plugin.engine.security;

import fi.signspace.plugin.access.ProblemResponses;
import fi.signspace.plugin.engine.security.login.EngineUser;
import fi.signspace.plugin.engine.security.login.WebAppSessionFilter;
import fi.signspace.plugin.engine.security.permission.SigningGroups;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.authorization.Groups;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UrlPathHelper;

/**
 * Restricts what the engine's own authorizations leave open to every user who can log in: waiting
 * for external tasks, checking the passwords of others, and, without belonging to any group,
 * running queries. Applies to the engine's REST API and to the web apps' copy of it.
 */
final class EngineRestFilter extends OncePerRequestFilter {

  private static final Set<String> FETCHERS =
      Set.of(SigningGroups.WORKERS, SigningGroups.ADMINS, Groups.CAMUNDA_ADMIN);
  private static final String WEB_APPS = "/camunda/";
  private static final int MAX_POLLS_PER_USER = 100;
  private static final String RETRY_AFTER_SECONDS = "10";

  private final ProcessEngine engine;
  private final LongPolls polls = new LongPolls(MAX_POLLS_PER_USER);

  EngineRestFilter(ProcessEngine engine) {
    this.engine = engine;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<EngineUser> caller = WebAppSessionFilter.callerOf(request, engine);
    String path = UrlPathHelper.defaultInstance.getPathWithinApplication(request);
    if (caller.isEmpty()) {
      chain.doFilter(request, response);
    } else if (caller.get().groups().isEmpty()) {
      refuse(request, response, "A user without a group may do nothing here");
    } else if (path.endsWith("/identity/verify")
        && !caller.get().groups().contains(Groups.CAMUNDA_ADMIN)) {
      refuse(request, response, "Only administrators may try passwords of others");
    } else if (path.endsWith("/external-task/fetchAndLock")) {
      poll(caller.get(), request, response, chain);
    } else {
      chain.doFilter(request, response);
    }
  }

  private void poll(
      EngineUser user, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (Collections.disjoint(user.groups(), FETCHERS)) {
      refuse(
          request,
          response,
          "Only members of %s may fetch external tasks".formatted(SigningGroups.WORKERS));
      return;
    }
    if (request.getServletPath().startsWith(WEB_APPS)) {
      ProblemResponses.send(
          request,
          response,
          HttpStatus.NOT_FOUND,
          "External tasks are fetched from the engine's REST API, not from the web apps'");
      return;
    }
    boolean isOneOfFew = polls.begin(user.id());
    try {
      if (isOneOfFew) {
        chain.doFilter(request, response);
      } else {
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        ProblemResponses.send(
            request,
            response,
            HttpStatus.TOO_MANY_REQUESTS,
            "More than %s requests of this user wait for external tasks"
                .formatted(MAX_POLLS_PER_USER));
      }
    } finally {
      polls.endWith(request, user.id());
    }
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, String reason) throws IOException {
    ProblemResponses.send(request, response, HttpStatus.FORBIDDEN, reason);
  }
}
