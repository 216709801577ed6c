package fi.signspace.plugin.sandbox;

import fi.signspace.plugin.testkit.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Base of the tests over real HTTP: a fresh sandbox and an authenticated client. */
@SpringBootTest(
    classes = SandboxServer.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public abstract class SandboxTest {

  static final String ANNA = "anna@example.com";
  static final String BERT = "bert@example.com";
  static final String ROBOT = "robot@sandbox.example";
  public static final String NO_SUCH_ID = "0123456789abcdef01234567";

  @LocalServerPort int port;
  @Autowired SettableClock clock;
  public SandboxClient sandbox;

  @BeforeEach
  void startAfresh() throws IOException {
    sandbox = new SandboxClient(port);
    sandbox.clear();
    sandbox.signIn();
  }

  String uploadText() throws IOException {
    return sandbox.upload("contract.txt", "A contract".getBytes(StandardCharsets.UTF_8));
  }

  /** The parameters of a valid request with the signers Anna and Bert. */
  Map<String, Object> validRequest() throws IOException {
    Map<String, Object> request = new HashMap<>();
    request.put("acting_handle", ROBOT);
    request.put("title", "Contract");
    request.put("files", List.of(uploadText()));
    request.put("participants", List.of(signer(ANNA), signer(BERT)));
    request.put("version", "v2");
    request.put("create_conversation", true);
    return request;
  }

  static Map<String, Object> signer(String handle) {
    return Map.of("handle", handle, "role", "signer");
  }

  static Map<String, Object> signer(String handle, int position) {
    return Map.of("handle", handle, "role", "signer", "position", position);
  }

  /**
   * @return the id of the new request
   */
  String create(Map<String, Object> changes) throws IOException {
    Map<String, Object> request = validRequest();
    request.putAll(changes);
    return sandbox
        .apiPost("tasks.signingRequest.create", request)
        .ok()
        .json()
        .get("_id")
        .textValue();
  }

  String create() throws IOException {
    return create(Map.of());
  }
}
