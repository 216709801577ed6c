package fi.signspace.plugin.worker.remote;

import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/**
 * Deploys the processes and forms to the engine that the workers serve, over its REST API. The
 * engine itself sees whether they are what it has already, so every worker may do this on every
 * start. An engine that is not there yet is waited for; one that refuses is not asked again, and
 * the workers go on with what is deployed there.
 */
final class RemoteDeployment implements SmartLifecycle {

  /** The engine compares a deployment with the last one of this name. */
  private static final String NAME = "signspace-process";

  private static final Logger LOG = LoggerFactory.getLogger(RemoteDeployment.class);
  private static final int TOO_MANY_REQUESTS = 429;

  private final RestClient engine;
  private final String engineUrl;
  private final String user;
  private final RetryingStartupTask task;

  /**
   * @param engine asks its REST API as somebody who may deploy
   * @param user who that is
   */
  RemoteDeployment(RestClient engine, String engineUrl, String user, RandomGenerator random) {
    this.engine = engine;
    this.engineUrl = engineUrl;
    this.user = user;
    this.task = new RetryingStartupTask("signspace-deploy", random, this::isDecided);
  }

  @Override
  public void start() {
    task.start();
  }

  @Override
  public void stop() {
    task.interrupt();
  }

  @Override
  public boolean isRunning() {
    return task.isAlive();
  }

  /** Whether the engine has taken or refused them; otherwise it may be asked again. */
  private boolean isDecided(int attempt) {
    try {
      deploy();
      LOG.info("Processes and forms are deployed at {}", engineUrl);
      return true;
    } catch (RestClientResponseException e) {
      return isRefused(e, attempt);
    } catch (RestClientException e) {
      LOG.warn("Processes and forms wait for {} (attempt {}): {}", engineUrl, attempt + 1, text(e));
      return false;
    }
  }

  private boolean isRefused(RestClientResponseException answer, int attempt) {
    int status = answer.getStatusCode().value();
    if (status == TOO_MANY_REQUESTS || answer.getStatusCode().is5xxServerError()) {
      LOG.warn(
          "Processes and forms wait for {} (attempt {}): {}", engineUrl, attempt + 1, text(answer));
      return false;
    }
    LOG.error(
        """
        Processes and forms are NOT deployed: {} refuses them from user {} ({}). The workers serve what is deployed there \
        already. The user needs the permission CREATE on DEPLOYMENT: see signspace.deploy.username and .password. Or deploy \
        processes/ and forms/ by hand, and set signspace.deploy.enabled=false.\
        """,
        engineUrl,
        user,
        text(answer));
    return true;
  }

  private static String text(Exception failure) {
    return String.valueOf(failure.getMessage());
  }

  private void deploy() {
    MultiValueMap<String, Object> form = new LinkedMultiValueMap<>();
    form.add("deployment-name", NAME);
    form.add("deployment-source", NAME);
    form.add("enable-duplicate-filtering", "true");
    // all or nothing: a form belongs to the deployment of the process that shows it
    form.add("deploy-changed-only", "false");
    ModelFiles.read().forEach((name, content) -> form.add(name, new NamedFile(name, content)));
    engine.post().uri("/deployment/create").body(form).retrieve().toBodilessEntity();
  }

  /** A part whose file name is the resource's name in the deployment. */
  private static final class NamedFile extends ByteArrayResource {

    private final String name;

    NamedFile(String name, byte[] content) {
      super(content);
      this.name = name;
    }

    @Override
    public String getFilename() {
      return name;
    }
  }
}
