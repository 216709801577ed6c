package fi.signspace.plugin.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.TestExecutionListeners;

/**
 * The complete application on a random port: engine, workers and sandbox. All these tests share one
 * instance, because the engine's REST API supports a single default engine per JVM.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.datasource.url=jdbc:h2:mem:lifecycle;DB_CLOSE_DELAY=-1",
      "signspace.worker.long-polling=1s",
      "signspace.monitoring.refresh=500ms",
      "signspace.status-check.unknown-status-after=3s",
      // lower than the default, so that a test reaches it soon
      "signspace.access.longest-request=90MB",
      // the test itself is the proxy
      "signspace.trusted-proxies=127.0.0.1,::1",
      "signspace.worker.password=of-the-workers",
      // generating one takes some of these processes, which do not optimize their code, 20 seconds
      "signspace.encryption.keys=classpath:keys/identity-codes.pem",
      // people work at any time
      "signspace.working-time.days=MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY,SATURDAY,SUNDAY",
      "signspace.working-time.from=00:00",
      "signspace.working-time.to=00:00",
      // the host name for a browser without HTTPS
      "signspace.allowed-hosts=localhost,127.0.0.1,signing.example",
      "signspace.users.clara.password=of-the-clerk",
      "signspace.users.clara.groups=signing-clerks",
      "signspace.users.otto.password=of-the-operator",
      "signspace.users.otto.groups=signing-admins",
      "signspace.users.otto.first-name=Otto",
      "signspace.users.otto.last-name=Operator",
      "signspace.users.iris.password=of-the-integrator",
      "signspace.users.iris.groups=integrators",
      "signspace.groups.integrators.grants[0].resource=process-definition",
      "signspace.groups.integrators.grants[0].id=signing-request",
      "signspace.groups.integrators.grants[0].permissions=read,create-instance,read-history,update-instance",
      "signspace.groups.integrators.grants[1].resource=process-instance",
      "signspace.groups.integrators.grants[1].permissions=create",
      "signspace.users.rita.password=of-the-reader",
      "signspace.users.rita.groups=readers",
      "signspace.groups.readers.grants[0].resource=process-definition",
      "signspace.groups.readers.grants[0].id=signing-request",
      "signspace.groups.readers.grants[0].permissions=read,read-instance,read-history,read-task",
      "signspace.groups.readers.grants[1].resource=application",
      "signspace.groups.readers.grants[1].id=tasklist",
      "signspace.groups.readers.grants[1].permissions=access",
      "signspace.deputies.rita.deputy=clara",
      "signspace.users.nora.password=of-nobody"
    })
@AutoConfigureObservability(tracing = false)
@TestExecutionListeners(
    listeners = WaitingInstances.class,
    mergeMode = TestExecutionListeners.MergeMode.MERGE_WITH_DEFAULTS)
@interface EndToEnd {}
