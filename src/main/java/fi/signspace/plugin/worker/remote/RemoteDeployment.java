package fi.signspace.plugin.worker.remote;

import fi.signspace.plugin.worker.task.EngineRestClient;
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
 * Deploys the processes and forms to the remote engine over its REST API. The engine filters
 * duplicates, so every worker may do this on every start. An unreachable engine is retried; a
 * rejection is not retried, and the workers serve what is deployed there.
 */
final class RemoteDeployment implements SmartLifecycle {

  /** The engine compares a deployment with the last one of this name. */
  private static final String NAME = "signspace-process";

  private static final Logger LOG = LoggerFactory.getLogger(RemoteDeployment.class);
  private static final String MISSING_PERMISSION =
      "The user needs the permission CREATE on DEPLOYMENT: see signspace.deploy.username and .password. ";

  private final RestClient engine;
  private final String engineUrl;
  private final String user;
  private final RetryingStartupTask task;

  /**
   * @param engine a client of its REST API, with a user that may deploy
   * @param user the name of that user
   */
  RemoteDeployment(RestClient engine, String engineUrl, String user, RandomGenerator random) {
    this.engine = engine;
    this.engineUrl = engineUrl;
    this.user = user;
    this.task = new RetryingStartupTask("signspace-deploy", random, this::isFinished);
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

  /** Whether the engine has accepted or rejected them; otherwise the deployment is retried. */
  private boolean isFinished(int attempt) {
    try {
      deploy();
      LOG.info("Processes and forms are deployed at {}", engineUrl);
      return true;
    } catch (RestClientResponseException e) {
      return isRejected(e, attempt);
    } catch (RestClientException e) {
      LOG.warn(
          "Cannot deploy to {} yet, retrying (attempt {}): {}", engineUrl, attempt + 1, text(e));
      return false;
    }
  }

  private boolean isRejected(RestClientResponseException response, int attempt) {
    int status = response.getStatusCode().value();
    boolean isLoginFailure = status == 401 || status == 403;
    if (EngineRestClient.isTransient(status) && !isLoginFailure) {
      LOG.warn(
          "Cannot deploy to {} yet, retrying (attempt {}): {}",
          engineUrl,
          attempt + 1,
          text(response));
      return false;
    }
    LOG.error(
        """
        Processes and forms are NOT deployed: {} rejects them from user {} ({}). The workers serve what is deployed there \
        already. %sOr deploy processes/ and forms/ by hand, and set signspace.deploy.enabled=false.\
        """
            .formatted(isLoginFailure ? MISSING_PERMISSION : ""),
        engineUrl,
        user,
        text(response));
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

  /** A form part whose file name is the name of the resource in the deployment. */
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
