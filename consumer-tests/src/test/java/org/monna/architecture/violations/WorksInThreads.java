package org.monna.architecture.violations;

import java.lang.ref.Cleaner;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/** Threads that are started, and what is kept for each of them. */
public final class WorksInThreads {

  private WorksInThreads() {}

  static class NewThread {
    Thread x = new Thread(() -> {});
  }

  static class NewThreadByReference {
    ThreadFactory x = Thread::new;
  }

  static class OwnThread extends Thread {}

  static class VirtualThread {
    Thread x = Thread.startVirtualThread(() -> {});
  }

  static class VirtualThreadByBuilder {
    Thread x = Thread.ofVirtual().unstarted(() -> {});
  }

  static class VirtualThreadByReference {
    Supplier<?> x = Thread::ofVirtual;
  }

  static class StartedThread {
    void of(Thread x) {
      x.start();
    }
  }

  static class StartedBuilder {
    Thread of(Thread.Builder x) {
      return x.start(() -> {});
    }
  }

  static class Sleep {
    void of() throws InterruptedException {
      Thread.sleep(1);
    }
  }

  static class Pool {
    ExecutorService x = Executors.newCachedThreadPool();
  }

  static class PoolByReference {
    Supplier<ExecutorService> x = Executors::newWorkStealingPool;
  }

  static class ScheduledPool {
    Executor x = new ScheduledThreadPoolExecutor(1);
  }

  static class CommonPool {
    Executor x = ForkJoinPool.commonPool();
  }

  static class CommonPoolByReference {
    Supplier<Executor> x = ForkJoinPool::commonPool;
  }

  abstract static class ForkedAction extends RecursiveAction {
    private static final long serialVersionUID = 1;
  }

  static class Future {
    Object x = CompletableFuture.runAsync(() -> {});
  }

  static class TimerThread {
    Timer x;
  }

  static class CleanerThread {
    Cleaner x = Cleaner.create();
  }

  static class Local {
    ThreadLocal<float[]> x = ThreadLocal.withInitial(() -> new float[1]);
  }

  static class LocalField {
    ThreadLocal<float[]> x;
  }

  static class InheritedLocal {
    Object x = new InheritableThreadLocal<float[]>();
  }

  static class OwnLocal extends ThreadLocal<float[]> {}

  static class Scoped {
    static final ScopedValue<float[]> X = ScopedValue.newInstance();
  }
}
